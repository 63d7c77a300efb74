/** Requests that wait for their jobs without a thread. */
package org.atelier.web.calls;
