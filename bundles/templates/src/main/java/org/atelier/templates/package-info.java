/** Project templates for plugins. */
package org.atelier.templates;
