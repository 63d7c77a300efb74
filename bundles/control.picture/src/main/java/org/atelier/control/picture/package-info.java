/** Images used as control images unchanged. */
package org.atelier.control.picture;
