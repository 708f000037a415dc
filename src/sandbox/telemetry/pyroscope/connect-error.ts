/** A refusal in Connect's words: https://connectrpc.com/docs/protocol#error-codes */
export class ConnectError extends Error {
  readonly code: keyof typeof STATUS;

  constructor(code: keyof typeof STATUS, message: string) {
    super(message);
    this.code = code;
  }

  get status(): number {
    return STATUS[this.code];
  }
}

const STATUS = { invalid_argument: 400, unimplemented: 501 } as const;
