/** The Inception Score: how clear and how different the objects of a set are to a classifier. */
package org.atelier.metric.inception;
