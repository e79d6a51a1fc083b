package dev.sallyport.server.filter;

import dev.sallyport.api.Headers;
import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.AuthenticationRequest;
import dev.sallyport.authn.PeerCertificates;
import dev.sallyport.server.http.Request;

/** What of a request may tell who sent it. */
record Credentials(Request request, Audiences audiences) implements AuthenticationRequest {

  @Override
  public Headers headers() {
    return request.headers();
  }

  @Override
  public String path() {
    return request.path();
  }

  @Override
  public PeerCertificates peer() {
    return request.connection().peer();
  }
}
