/** Access control of requests: hosts, origins, token. */
package org.atelier.web.access;
