/** Files that clients have uploaded, for the requests that name them. */
package org.atelier.web.uploads;
