/** Depth as control pictures. */
package org.atelier.control.depth;
