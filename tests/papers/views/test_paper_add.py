import pytest

from papers.models import Paper

pytestmark = pytest.mark.django_db
URL = "/papers/add/"


def test_member_pastes_and_sees_the_card_at_once(bob_client, bob):
    response = bob_client.post(URL, {"text": " https://arxiv.org/pdf/1706.03762v5.pdf "}, follow=True)
    paper = Paper.objects.get()
    assert response.redirect_chain == [(paper.get_absolute_url(), 302)]
    assert "arXiv 1706.03762" in response.text
    assert "Looking up title" in response.text
    assert paper.added_by == bob


def test_paper_that_is_there_is_shown(bob_client, alice_client):
    bob_client.post(URL, {"text": "1706.03762"})
    response = alice_client.post(URL, {"text": "doi:10.48550/arXiv.1706.03762"}, follow=True)
    assert Paper.objects.count() == 1
    assert "The group has this paper already" in response.text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "attention is all you need",
        "javascript:alert(1)",
        "http://127.0.0.1/",
        "\x00",
        pytest.param("x" * 3000, id="long"),
    ],
)
def test_other_text_is_refused_with_a_sentence(bob_client, text):
    response = bob_client.post(URL, {"text": text})
    assert response.status_code == 422
    assert response.context["form"].errors["text"]
    assert not Paper.objects.exists()


def test_text_of_the_address_is_filled_in(bob_client):
    assert 'value="1706.03762"' in bob_client.get(URL, {"text": "1706.03762"}).text


def test_stranger_is_asked_to_sign_in(charlie):
    for response in (charlie.get(URL), charlie.post(URL, {"text": "1706.03762"})):
        assert response.headers["Location"].startswith("/accounts/login/")
    assert not Paper.objects.exists()
