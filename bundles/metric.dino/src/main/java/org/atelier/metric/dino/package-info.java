/** How alike images are, and how close to references, by a network that was trained without labels. */
package org.atelier.metric.dino;
