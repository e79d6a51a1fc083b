package dev.sallyport.authn;

import dev.sallyport.api.Headers;

/**
 * What an authenticator may look at. Valid until its answer is there; when that comes later,
 * perhaps on another thread, nobody else touches the request meanwhile.
 */
public interface AuthenticationRequest {

  Headers headers();

  /** The path as it was sent, without the query. */
  String path();

  /** The client's certificates of this connection; {@link PeerCertificates#NONE} without any. */
  PeerCertificates peer();

  /** The audiences of the API itself. */
  Audiences audiences();
}
