package dev.sallyport.proxy.headers;

/**
 * Takes a request's header lines in the form of the protocol that the backend speaks: HTTP/1.1
 * straight into the bytes that are sent, HTTP/2 with names in lower case. Values go as UTF-8.
 */
@FunctionalInterface
public interface HeaderSink {

  /**
   * @param name a token, in any case
   * @param value without control characters but for tabs
   */
  void add(String name, String value);
}
