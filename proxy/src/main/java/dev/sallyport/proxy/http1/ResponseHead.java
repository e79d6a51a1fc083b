package dev.sallyport.proxy.http1;

import java.util.List;

/**
 * A response's head, of which nothing is ambiguous.
 *
 * @param lines what is passed on: names in lower case and values, side by side
 * @param length the declared bytes, or -1
 * @param chunked whether the body comes in chunks; then no length is declared
 * @param keepAlive whether the connection may serve on
 * @param upgrade the protocol that the backend names, "" for none
 */
record ResponseHead(
    int status,
    List<String> lines,
    long length,
    boolean chunked,
    boolean keepAlive,
    String upgrade) {

  /** Whether another head follows. */
  boolean interim() {
    return status < 200 && status != 101;
  }

  /** Whether there is never a body, whatever the lines say. */
  boolean bodiless() {
    return status < 200 || status == 204 || status == 304;
  }
}
