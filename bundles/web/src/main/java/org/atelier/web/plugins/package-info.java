/** The installed plugins and their options. */
package org.atelier.web.plugins;
