/** The rules by which requests are admitted. */
package org.atelier.web.access;
