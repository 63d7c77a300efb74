/** Samples per second of a recording: what speech recognition uses. */
const RATE = 16000;

/** The longest recording in seconds. */
const LONGEST = 120;

/** Records a voice with the microphone as a WAV file. */
export class Recorder {
  /** Starts. @returns {Promise<Recorder>} */
  static async start() {
    if (!navigator.mediaDevices) {
      throw new Error('This browser gives no microphone to this page; open it at 127.0.0.1 or localhost.');
    }
    try {
      return new Recorder(await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } }));
    } catch (fault) {
      throw new Error(`The microphone cannot be used: ${fault.message}`);
    }
  }

  /** @param {MediaStream} stream */
  constructor(stream) {
    this.stream = stream;
    /** @type {Blob[]} */
    this.parts = [];
    this.media = new MediaRecorder(stream);
    this.media.addEventListener('dataavailable', (event) => this.parts.push(event.data));
    this.media.start();
    this.timer = setTimeout(() => this.media.state === 'recording' && this.media.stop(), LONGEST * 1000);
  }

  /** Ends the recording. @returns {Promise<Blob>} a WAV file */
  async stop() {
    clearTimeout(this.timer);
    if (this.media.state === 'recording') {
      const stopped = new Promise((resolve) => this.media.addEventListener('stop', resolve, { once: true }));
      this.media.stop();
      await stopped;
    }
    this.stream.getTracks().forEach((track) => track.stop());
    const recorded = await new Blob(this.parts).arrayBuffer();
    const context = new OfflineAudioContext(1, 1, RATE);
    return wav(mono(await context.decodeAudioData(recorded)));
  }
}

/** The mean of the channels. @param {AudioBuffer} buffer */
function mono(buffer) {
  const { numberOfChannels, length } = buffer;
  const mean = new Float32Array(length);
  for (let channel = 0; channel < numberOfChannels; channel++) {
    buffer.getChannelData(channel).forEach((value, index) => {
      mean[index] += value / numberOfChannels;
    });
  }
  return mean;
}

/**
 * Writes samples as a WAV file of 16 bits.
 *
 * @param {Float32Array} samples from -1 to 1
 * @returns {Blob}
 */
export function wav(samples) {
  const bytes = new DataView(new ArrayBuffer(44 + 2 * samples.length));
  const ascii = (offset, text) => [...text].forEach((letter, index) => bytes.setUint8(offset + index, letter.charCodeAt(0)));
  ascii(0, 'RIFF');
  bytes.setUint32(4, 36 + 2 * samples.length, true);
  ascii(8, 'WAVEfmt ');
  bytes.setUint32(16, 16, true);
  bytes.setUint16(20, 1, true);
  bytes.setUint16(22, 1, true);
  bytes.setUint32(24, RATE, true);
  bytes.setUint32(28, 2 * RATE, true);
  bytes.setUint16(32, 2, true);
  bytes.setUint16(34, 16, true);
  ascii(36, 'data');
  bytes.setUint32(40, 2 * samples.length, true);
  samples.forEach((sample, index) => bytes.setInt16(44 + 2 * index, Math.max(-1, Math.min(1, sample)) * 0x7fff, true));
  return new Blob([bytes], { type: 'audio/wav' });
}
