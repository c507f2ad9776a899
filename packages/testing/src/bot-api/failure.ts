/** A refusal as the Bot API answers it: HTTP status, description, and sometimes the seconds to wait. */
export class BotApiFailure extends Error {
  override readonly name = 'BotApiFailure';
  readonly code: number;
  readonly retryAfter: number | undefined;

  constructor(code: number, description: string, retryAfter?: number) {
    super(description);
    this.code = code;
    this.retryAfter = retryAfter;
  }

  toAnswer() {
    return {
      ok: false,
      error_code: this.code,
      description: this.message,
      ...(this.retryAfter === undefined ? {} : { parameters: { retry_after: this.retryAfter } }),
    };
  }
}

export function badRequest(description: string): BotApiFailure {
  return new BotApiFailure(400, `Bad Request: ${description}`);
}

export function tooManyRequests(seconds: number): BotApiFailure {
  return new BotApiFailure(429, `Too Many Requests: retry after ${seconds}`, seconds);
}
