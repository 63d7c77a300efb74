/** How well images show what their prompts say, by a network of images and texts. */
package org.atelier.metric.clip;
