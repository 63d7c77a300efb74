/** What every servlet of the endpoint shares, and how the HTTP service is set up. */
package org.atelier.web.server;
