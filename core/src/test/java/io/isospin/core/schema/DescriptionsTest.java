package io.isospin.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DescriptionsTest {
    private static List<Resource> resources() {
        return Stream.concat(
                        Catalogue.ALL.stream(),
                        Stream.of(
                                Catalogue.TRANSPARENT_NETWORK,
                                History.CHANGE,
                                Segmentation.AVAILABILITY_ZONE,
                                Segmentation.PORT_BINDING))
                .toList();
    }

    @Test
    void everyResourceAndAttributeThatClientsSeeIsDescribedInASentence() {
        for (var resource : resources()) {
            assertThat(Descriptions.of(resource))
                    .as(resource.member())
                    .get()
                    .asString()
                    .matches("[^ ].+[^ ]\\.");
            for (var attribute : resource.attributes().values()) {
                if (attribute.shown() || attribute.inPost() || attribute.inPut()) {
                    assertThat(Descriptions.of(resource, attribute))
                            .as(resource.member() + "." + attribute.name())
                            .get()
                            .asString()
                            .matches("[^ ].+[^ ]\\.");
                }
            }
        }
    }

    @Test
    void nothingIsDescribedThatIsNot() {
        Set<String> known = new HashSet<>();
        for (var resource : resources()) {
            known.add(resource.member());
            for (var name : resource.attributes().keySet()) {
                known.add(resource.member() + "." + name);
                known.add("*." + name);
            }
        }
        assertThat(known).containsAll(Descriptions.keys());
    }
}
