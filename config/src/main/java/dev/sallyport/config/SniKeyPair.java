package dev.sallyport.config;

import java.util.List;

/**
 * A certificate for certain server names ({@code --tls-sni-cert-key}).
 *
 * @param files the pair
 * @param names the host names or {@code *.}wildcards it serves; empty: the certificate's own names
 */
public record SniKeyPair(KeyPairFiles files, List<String> names) {
  public SniKeyPair {
    names = List.copyOf(names);
  }
}
