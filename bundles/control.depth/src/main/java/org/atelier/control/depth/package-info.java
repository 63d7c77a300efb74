/** Depth as control images. */
package org.atelier.control.depth;
