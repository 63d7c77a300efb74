/**
 * Reads Server-Sent Events from the body of a response.
 *
 * @param {ReadableStream<Uint8Array>} body
 * @returns {AsyncGenerator<{type: string, data: string}>}
 */
export async function* serverEvents(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) {
        return;
      }
      text += value;
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      yield* blocks.map(event).filter((parsed) => parsed.data !== '');
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/**
 * @param {string} block the lines of one event; a comment has no data
 * @returns {{type: string, data: string}}
 */
function event(block) {
  const lines = block.split('\n').map((line) => line.split(/: ?(.*)/s));
  const values = (name) => lines.filter((line) => line[0] === name).map((line) => line[1]);
  return { type: values('event').at(-1) ?? 'message', data: values('data').join('\n') };
}
