/** Style cards that are kept by name. */
package org.atelier.web.styles;
