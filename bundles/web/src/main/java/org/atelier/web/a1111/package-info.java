/** The API of stable-diffusion-webui (A1111), as far as its clients need it. */
package org.atelier.web.a1111;
