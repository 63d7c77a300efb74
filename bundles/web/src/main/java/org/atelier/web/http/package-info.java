/** Requests, responses and errors of the API. */
package org.atelier.web.http;
