package dev.patchbay.server;

import dev.patchbay.model.LeadId;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.identity.Identity;
import dev.patchbay.server.identity.Sessions;
import dev.patchbay.server.leads.LeadInput;
import dev.patchbay.server.leads.Leads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// People from many countries who ask about solar panels, for the company `demo`. Some of them call in the demo, and
/// are known then.
final class DemoLeads {
    /// Name, phone, e-mail, source, interest.
    private static final String PEOPLE = """
            Maria Lopez|+15550104471|maria.lopez@example.com|Web form|Solar, 12 panels
            Jonas Weber|+4922155501234|jonas.weber@example.org|Web call|Heat pump
            Aisha Rahman|+441135550187|aisha@example.net|Partner|Invoice
            Tomás Herrera|+15125550142|tomas@example.com|Web form|Battery storage
            Chloé Dubois|+33455501876|chloe.dubois@example.fr|Web form|Inverter
            Li Wei|+14165550188|li.wei@example.ca|Fair|Storage
            Grace Okafor|+2348035550177|grace@example.ng|Referral|Heat pump
            Mateo Rossi|+390255501234|mateo.rossi@example.it|Import|Solar
            Sara Lindqvist|+46405550123|sara@example.se|Web form|Storage
            Omar Haddad|+97145550166|omar@example.ae|Partner|Solar, 20 panels
            Emma Nováková|+420255501234|emma@example.cz|Web form|Heat pump
            Inés Castillo|+5115550199|ines@example.pe|Fair|Storage
            Pavel Horák|+420545550101|pavel@example.cz|Import|Solar
            Yuki Tanaka|+81355501234|yuki.tanaka@example.jp|Web form|Solar roof tiles
            Fatima Zahra|+212522555012|fatima@example.ma|Referral|Solar water heating
            Oluwaseun Adeyemi|+2348095550133|seun@example.ng|Web form|Storage
            Anna Kowalska|+48225550143|anna@example.pl|Web form|Heat pump
            Björn Þórsson|+3545550182|bjorn@example.is|Fair|Geothermal
            Priya Sharma|+911155501234|priya@example.in|Partner|Solar, 6 panels
            Lucas Oliveira|+551155501234|lucas@example.br|Web form|Solar
            Nguyễn Minh Anh|+842855501234|minhanh@example.vn|Import|Storage
            Zoë van Dijk|+31205550198|zoe@example.nl|Web call|Heat pump
            Amélie Laurent|+3227550144|amelie@example.be|Web form|Roof lease
            Kofi Mensah|+233305550177|kofi@example.gh|Referral|Solar pump
            Hana Kim|+8225550144|hana.kim@example.kr|Web form|Solar balcony
            Noor al-Rashid|+96265550188|noor@example.jo|Partner|Solar
            Ewan MacLeod|+441415550101|ewan@example.co.uk|Web form|Heat pump
            Sofia Papadopoulou|+302105550167|sofia@example.gr|Fair|Solar
            Mihai Ionescu|+40215550132|mihai@example.ro|Import|Storage
            Leila Hosseini||leila@example.com|Web form|Solar
            Daniel O’Brien|+35315550190|daniel@example.ie|Web call|Storage
            Katarzyna Zielińska|+48125550178|kasia@example.pl|Referral|Solar, 10 panels
            João Pereira|+351215550186|joao@example.pt|Web form|Heat pump
            Ingrid Haugen|+4722555014|ingrid@example.no|Web form|Storage
            Samuel Levy|+97235550145|samuel@example.co.il|Partner|Solar water heating
            Mei-Ling Chen|+886255501234|meiling@example.tw|Fair|Solar
            Abdulrahman Yusuf|+254205550121|yusuf@example.ke|Referral|Solar pump
            Valentina Gómez|+5715550112|valentina@example.co|Web form|Solar
            Henrik Nielsen|+4533555017|henrik@example.dk|Import|Heat pump
            Ruth Goldberg|+12125550176|ruth@example.com|Web call|Roof lease
            """;

    /// How many of the first are the agent's own already.
    private static final int CLAIMED = 5;

    private DemoLeads() {}

    /// @param owner the e-mail of the agent who works some of them
    static void install(Leads leads, Identity identity, String owner) {
        Principal.User agent = new Principal.User(
                identity.open(owner, new Sessions.Origin("demo", "")).user(), UUID.randomUUID());
        List<LeadId> made = new ArrayList<>();
        for (String line : PEOPLE.lines().toList()) {
            List<String> part = Arrays.asList(line.split("\\|", -1));
            String phone = part.get(1);
            made.add(leads.create(
                            agent,
                            new LeadInput.Create(
                                    part.get(0),
                                    phone.isEmpty() ? null : phone,
                                    part.get(2),
                                    part.get(3),
                                    null,
                                    List.of(part.get(4)),
                                    Map.of(),
                                    null))
                    .lead()
                    .id());
        }
        made.subList(0, CLAIMED).forEach(lead -> leads.claim(agent, lead));
    }
}
