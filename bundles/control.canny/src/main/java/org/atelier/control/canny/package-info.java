/** Edges as control pictures. */
package org.atelier.control.canny;
