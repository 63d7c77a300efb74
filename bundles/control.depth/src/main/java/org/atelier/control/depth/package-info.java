/** Depth maps as control images. */
package org.atelier.control.depth;
