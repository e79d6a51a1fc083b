package dev.sallyport.config.routes;

import java.net.URI;

/**
 * One address of an upstream.
 *
 * @param url {@code http}, {@code https} or {@code h2c} with a host, or {@code unix} with the
 *     socket's absolute path; a path of the others is put before every request's
 * @param weight its share beside the others', 1 or more
 */
public record EndpointSpec(URI url, int weight) {

  /** Whether TLS is spoken with it. */
  public boolean secure() {
    return url.getScheme().equals("https");
  }
}
