/**
 * Licensing says under which licences text may stand here. What it knows of each is pure and lies in
 * `shared/licensing`; this room only tells programs.
 * Leans on: http. Tells nothing.
 */
export { licensingRoutes } from './routes.ts'
