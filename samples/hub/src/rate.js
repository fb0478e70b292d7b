// How much one connection may say: a bucket that fills with time.

export class Rate {
  #tokens;
  #at;

  /**
   * @param {number} perSecond
   * @param {number} burst What may be taken at once.
   * @param {() => number} now Milliseconds that never go back.
   */
  constructor(perSecond, burst, now = () => performance.now()) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.now = now;
    this.#tokens = burst;
    this.#at = now();
  }

  /** Whether `amount` was there. What was not there is owed up to one more burst: who never stops gets nothing. */
  take(amount = 1) {
    const at = this.now();
    this.#tokens = Math.min(this.burst, this.#tokens + ((at - this.#at) / 1000) * this.perSecond);
    this.#at = at;
    const there = this.#tokens >= amount;
    this.#tokens = Math.max(this.#tokens - amount, -this.burst);
    return there;
  }

  /** It went on at full speed long after it was refused. */
  get exhausted() {
    return this.#tokens <= -this.burst;
  }
}
