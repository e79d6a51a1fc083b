package dev.sallyport.authn;

import dev.sallyport.api.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A request as tests need it. */
public final class TestRequest implements AuthenticationRequest, Headers {
  public static final Audiences API = new Audiences(List.of("https://kubernetes.default.svc"));

  private final List<Map.Entry<String, String>> lines = new ArrayList<>();
  private String path = "/api";
  private PeerCertificates peer = PeerCertificates.NONE;

  public TestRequest with(String name, String value) {
    lines.add(Map.entry(name, value));
    return this;
  }

  public TestRequest from(PeerCertificates certificates) {
    peer = certificates;
    return this;
  }

  public TestRequest at(String sent) {
    path = sent;
    return this;
  }

  @Override
  public Headers headers() {
    return this;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public PeerCertificates peer() {
    return peer;
  }

  @Override
  public Audiences audiences() {
    return API;
  }

  @Override
  public @Nullable String first(String name) {
    List<String> all = all(name);
    return all.isEmpty() ? null : all.get(0);
  }

  @Override
  public List<String> all(String name) {
    return lines.stream()
        .filter(line -> line.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .toList();
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super String> visitor) {
    lines.forEach(line -> visitor.accept(line.getKey(), line.getValue()));
  }
}
