import { createServer } from "node:http";

/** The loopback listener of a native app (RFC 8252, section 7.3): an ephemeral port, one callback at a time. */
export class CallbackListener {
  #arrived = [];
  #waiting = [];

  async listen() {
    this.server = createServer((request, response) => {
      const url = new URL(request.url, this.redirectUrl);
      if (url.pathname !== "/callback") {
        response.writeHead(404).end();
        return;
      }
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
      response.end("<!doctype html><html lang=en><title>Back in the app</title><h1>Back in the app</h1><p>You can close this window.</p>");
      const waiting = this.#waiting.shift();
      if (waiting) waiting(url.searchParams);
      else this.#arrived.push(url.searchParams);
    });
    await new Promise((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    this.redirectUrl = `http://127.0.0.1:${this.server.address().port}/callback`;
    return this;
  }

  /** The parameters of the next callback, or of one that has come already. */
  next() {
    const arrived = this.#arrived.shift();
    return arrived ? Promise.resolve(arrived) : new Promise((resolve) => this.#waiting.push(resolve));
  }
}
