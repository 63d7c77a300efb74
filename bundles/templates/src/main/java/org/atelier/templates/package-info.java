/** Projects to begin a plugin with. */
package org.atelier.templates;
