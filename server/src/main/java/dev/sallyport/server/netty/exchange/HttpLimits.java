package dev.sallyport.server.netty.exchange;

import java.time.Duration;

/**
 * What one connection may cost.
 *
 * @param headerBytes all header lines of a request, request line included (kube-apiserver: 1 MiB)
 * @param headerLines header lines of a request
 * @param requestLineBytes method, target and version
 * @param maxStreams open HTTP/2 streams of a connection
 * @param headerTimeout from a request's first byte to the end of its headers
 * @param idleTimeout how long a connection may stay open without a request
 * @param bodyTimeout how long a whole body may take, and a streamed one may stand still
 * @param stallTimeout how long a client may take nothing of a response
 * @param drainBytes how much of an unread body is read and thrown away to keep the connection
 */
public record HttpLimits(
    int headerBytes,
    int headerLines,
    int requestLineBytes,
    int maxStreams,
    Duration headerTimeout,
    Duration idleTimeout,
    Duration bodyTimeout,
    Duration stallTimeout,
    int drainBytes) {

  /** kube-apiserver's numbers where it has any. */
  public static final HttpLimits DEFAULTS =
      new HttpLimits(
          1 << 20,
          1000,
          1 << 18,
          100,
          Duration.ofSeconds(32),
          Duration.ofSeconds(90),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          1 << 18);

  public HttpLimits withMaxStreams(int streams) {
    return new HttpLimits(
        headerBytes,
        headerLines,
        requestLineBytes,
        streams,
        headerTimeout,
        idleTimeout,
        bodyTimeout,
        stallTimeout,
        drainBytes);
  }
}
