/** Self-contained HTML pages. */
package org.atelier.html;
