package org.atelier.web.server;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.util.Callback;

/**
 * Adds {@code Connection: close} to a response that is complete before the body of its request has arrived. Jetty closes such a connection
 * and does not say so, and a client would lose the next request that it sends on it.
 */
final class UnreadBody extends HttpStream.Wrapper {

    UnreadBody(HttpStream stream) {
        super(stream);
    }

    @Override
    public void send(
            MetaData.Request request, MetaData.Response response, boolean last, ByteBuffer content, Callback callback) {
        boolean closes = response != null && last && consumeAvailable() != null;
        super.send(request, closes ? closing(response) : response, last, content, callback);
    }

    private static MetaData.Response closing(MetaData.Response response) {
        return new MetaData.Response(
                response.getStatus(),
                response.getReason(),
                response.getHttpVersion(),
                HttpFields.build(response.getHttpFields()).put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE),
                response.getContentLength(),
                response.getTrailersSupplier());
    }
}
