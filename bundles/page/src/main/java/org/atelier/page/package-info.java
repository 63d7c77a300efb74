/** The page for browsers. */
package org.atelier.page;
