/** Loaded before a server that is tested with a clock of its own: puts the process's clock ahead of the real one by as much as its parent last said. */
const RealDate = Date;
let aheadMillis = 0;

globalThis.Date = class extends RealDate {
  constructor(...given: unknown[]) {
    super(...((given.length === 0 ? [RealDate.now() + aheadMillis] : given) as [number]));
  }

  static override now(): number {
    return RealDate.now() + aheadMillis;
  }
} as DateConstructor;

// Worker threads load this too, but have no channel; they keep the real clock. The channel alone keeps no process alive.
process.on('message', (millis: number) => {
  aheadMillis = millis;
  process.send?.('moved');
});
process.channel?.unref();
