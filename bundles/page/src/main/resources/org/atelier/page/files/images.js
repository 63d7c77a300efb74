/** How many images stay loaded. */
const MOST = 300;

/** The images of sets, loaded with the token and kept while the page needs them. */
export class Images {
  /** @param {import('./api.js').Api} api */
  constructor(api) {
    this.api = api;
    /** @type {Map<string, Promise<string>>} */
    this.urls = new Map();
  }

  /**
   * @param {string} set id of the job
   * @param {{name: string, sha256: string}} image
   * @returns {Promise<string>} a URL for an img element
   */
  url(set, image) {
    return this.load(image.sha256, `sets/${set}/files/${encodeURIComponent(image.name)}`);
  }

  /**
   * @param {string} key of the content
   * @param {string} path below /v1
   */
  load(key, path) {
    const known = this.urls.get(key);
    const url = known ?? this.api.blob(path).then((blob) => URL.createObjectURL(blob));
    this.urls.delete(key);
    this.urls.set(key, url);
    url.catch(() => this.urls.delete(key));
    this.forgetOldest();
    return url;
  }

  forgetOldest() {
    for (const [key, url] of this.urls) {
      if (this.urls.size <= MOST) {
        return;
      }
      this.urls.delete(key);
      url.then((text) => URL.revokeObjectURL(text), () => {});
    }
  }
}
