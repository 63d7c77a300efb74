/** What two Ateliers say to each other, and where they find one another. */
package org.atelier.wire;
