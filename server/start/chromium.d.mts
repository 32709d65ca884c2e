/** Where Chromium is on this machine: what CHROMIUM says, else the first found on the path; undefined where there is none. */
export function findChromium(): string | undefined
