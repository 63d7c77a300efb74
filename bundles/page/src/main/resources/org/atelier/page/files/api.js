import { serverEvents } from './sse.js';

/** An error response of the server, or its absence. */
export class ApiError extends Error {
  /**
   * @param {number} status 0 if the server does not answer
   * @param {string} code
   * @param {string} message
   */
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** The HTTP API of the server that this page comes from; see docs/serve.md. */
export class Api {
  /**
   * @param {string} token
   * @param {function(): void} onUnauthorized called when the server refuses the token
   */
  constructor(token, onUnauthorized) {
    this.token = token;
    this.onUnauthorized = onUnauthorized;
  }

  /**
   * @param {string} path below /v1
   * @param {RequestInit & {headers?: Object<string, string>}} [options]
   * @returns {Promise<Response>} with a status of success
   */
  async fetch(path, options = {}) {
    let response;
    try {
      response = await fetch(`/v1/${path}`, {
        ...options,
        cache: 'no-store',
        headers: { ...options.headers, Authorization: `Bearer ${this.token}` },
      });
    } catch (fault) {
      if (options.signal?.aborted) {
        throw fault;
      }
      throw new ApiError(0, 'unreachable', 'The server does not answer. Is atelier serve still running?');
    }
    if (!response.ok && response.status !== 304) {
      throw await this.fault(response);
    }
    return response;
  }

  /** @param {Response} response */
  async fault(response) {
    if (response.status === 401) {
      this.onUnauthorized();
    }
    try {
      const { error } = await response.json();
      return new ApiError(response.status, error.code, error.message);
    } catch {
      return new ApiError(response.status, 'unexpected', `The server answered with status ${response.status}.`);
    }
  }

  /** @param {string} path */
  async get(path) {
    return (await this.fetch(path)).json();
  }

  /**
   * @param {string} path
   * @param {any} [body] JSON, or a Blob that is sent as it is
   */
  async post(path, body) {
    return (await this.fetch(path, { method: 'POST', ...content(body) })).json();
  }

  /** @param {string} path */
  async delete(path) {
    return (await this.fetch(path, { method: 'DELETE' })).json();
  }

  /**
   * @param {string} path
   * @param {any} [body] sent by POST, if present
   */
  async blob(path, body) {
    const options = body === undefined ? {} : { method: 'POST', ...content(body) };
    return (await this.fetch(path, options)).blob();
  }

  /**
   * Follows Server-Sent Events until the server ends them or the signal aborts. EventSource cannot send the token.
   *
   * @param {string} path
   * @param {AbortSignal} signal
   * @param {function(string, any): void} onEvent receives the type and the data of each event
   */
  async follow(path, signal, onEvent) {
    const response = await this.fetch(path, { signal });
    for await (const { type, data } of serverEvents(response.body)) {
      onEvent(type, JSON.parse(data));
    }
  }
}

/** @param {any} body */
function content(body) {
  if (body === undefined) {
    return {};
  }
  return body instanceof Blob
    ? { body, headers: { 'Content-Type': body.type || 'application/octet-stream' } }
    : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } };
}
