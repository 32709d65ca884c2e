import { expect, test } from 'vitest'
import { killing } from '../support/killing.ts'
import { dataFolder } from '../support/process.ts'

test('a server that is killed while eight people type has every acknowledged word, and none twice', async () => {
  const { kills, acknowledged, lost, doubled, synchronous } = await killing(dataFolder(), 10)
  expect(kills).toBe(10)
  expect(acknowledged).toBeGreaterThan(100)
  expect([...lost]).toEqual([])
  expect([...doubled]).toEqual([])
  expect(synchronous).toBe(2)
  // Eleven processes begin one after the other.
}, 240_000)
