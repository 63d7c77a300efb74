/** Images that are control images already. */
package org.atelier.control.picture;
