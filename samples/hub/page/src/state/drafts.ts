// What was typed into an action's prompt and is not the host's value yet, while something else may be looked at.

export const draftKey = (step: string, command: string, parameter: string): string => JSON.stringify([step, command, parameter]);

export class Drafts {
  #typed = new Map<string, { draft: unknown; isSent: boolean }>();

  has(key: string): boolean {
    return this.#typed.has(key);
  }
  get(key: string): unknown {
    return this.#typed.get(key)?.draft;
  }
  type(key: string, draft: unknown): void {
    this.#typed.set(key, { draft, isSent: false });
  }
  /** They are on their way: what the host tells of a value from now on counts, and no more what was typed. */
  send(): void {
    for (const one of this.#typed.values()) one.isSent = true;
  }
  /** They did not arrive. */
  keep(): void {
    for (const one of this.#typed.values()) one.isSent = false;
  }
  forget(key: string): void {
    this.#typed.delete(key);
  }
  forgetSent(key: string): void {
    if (this.#typed.get(key)?.isSent) this.forget(key);
  }
  clear(): void {
    this.#typed.clear();
  }
}
