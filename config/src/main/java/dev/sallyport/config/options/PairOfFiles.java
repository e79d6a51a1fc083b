package dev.sallyport.config.options;

import dev.sallyport.config.Faults;
import dev.sallyport.config.KeyPairFiles;
import dev.sallyport.config.flags.Flag;
import java.nio.file.Path;
import java.util.Optional;

/** A certificate's and a key's flag that only make sense together. */
final class PairOfFiles {
  private PairOfFiles() {}

  /** Both files; empty if neither is given; one alone is a fault. */
  static Optional<KeyPairFiles> read(
      Flag<Optional<Path>> certificate, Flag<Optional<Path>> key, Faults faults) {
    Optional<Path> first = certificate.read(faults);
    Optional<Path> second = key.read(faults);
    if (first.isPresent() && second.isEmpty()) {
      faults.add(key.label(), "", "the private key of --" + certificate.name());
    }
    if (first.isEmpty() && second.isPresent()) {
      faults.add(certificate.label(), "", "the certificate of --" + key.name());
    }
    return first.flatMap(one -> second.map(two -> new KeyPairFiles(one, two)));
  }
}
