/** Edges as control images. */
package org.atelier.control.canny;
