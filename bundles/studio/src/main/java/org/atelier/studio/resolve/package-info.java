/** A request with nothing left open. */
package org.atelier.studio.resolve;
