package dev.sallyport.proxy.streams.translation;

import dev.sallyport.proxy.UpstreamRequest;
import dev.sallyport.proxy.streams.HeaderList;

/** Requests that are asked in another protocol. */
final class Requests {

  private Requests() {}

  static UpstreamRequest changed(
      UpstreamRequest from, String method, HeaderList headers, String upgrade) {
    return new UpstreamRequest(
        method,
        from.target(),
        headers,
        from.authority(),
        from.clientAddress(),
        from.protocol(),
        from.user(),
        0,
        upgrade,
        from.origin());
  }
}
