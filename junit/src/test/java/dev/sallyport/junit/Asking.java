package dev.sallyport.junit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Somebody's question, by the JDK's client. */
record Asking(Credentials who) {

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newBuilder().sslContext(who.sslContext()).build();
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(who.url() + path));
    who.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  int status(String path) throws IOException, InterruptedException {
    return get(path).statusCode();
  }
}
