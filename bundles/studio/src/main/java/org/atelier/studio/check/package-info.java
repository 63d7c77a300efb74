/** Checks of installed models. */
package org.atelier.studio.check;
