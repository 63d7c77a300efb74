/** Contact sheets. */
package org.atelier.studio.sheet;
