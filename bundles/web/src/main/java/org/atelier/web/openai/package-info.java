/** The image routes of OpenAI's API, and style cards by name. */
package org.atelier.web.openai;
